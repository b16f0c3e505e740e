import '../support/fixed-seed';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';
import { giveRoom } from './layout';

setupZonelessTestEnv();
giveRoom();
