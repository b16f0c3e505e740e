import '../support/fixed-seed';
import authorities from '../../.generated/authorities/known.json';
import { learnAuthorities } from '../../src/app/reachability/verdict/certificates/known-authorities';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';
import { giveRoom } from './layout';

setupZonelessTestEnv();
giveRoom();
learnAuthorities(authorities);
