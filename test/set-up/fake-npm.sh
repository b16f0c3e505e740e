#!/bin/sh
# An npm for the tests of the set-up: writes down how it is called, waits until it may end, and makes what npm would make.
prefix=.
case "$*" in *--prefix*) prefix=$(echo "$*" | sed 's/.*--prefix \([^ ]*\).*/\1/') ;; esac
echo "$*" >> "$FAKE_NPM/npm-calls"
mkdir -p "$prefix/node_modules"
echo half > "$prefix/node_modules/half"
until [ -e "$FAKE_NPM/npm-may-end" ]; do sleep 0.1; done
rm "$prefix/node_modules/half"
if [ "$1" = install ]; then
  mkdir -p "$prefix/node_modules/$NODE_NAME/bin"
  version=$(echo "$*" | sed 's/.*@\([0-9.]*\).*/\1/')
  printf '{ "version": "%s" }' "$version" > "$prefix/node_modules/$NODE_NAME/package.json"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$REAL_NODE" > "$prefix/node_modules/$NODE_NAME/bin/node"
  chmod +x "$prefix/node_modules/$NODE_NAME/bin/node"
fi
echo "done" >> "$FAKE_NPM/npm-calls"
