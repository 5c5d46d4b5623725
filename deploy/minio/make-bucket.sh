#!/bin/sh
# Makes the bucket, and the service's own key, which may work in it and do nothing else. May run any number of times.
#   STORE                          where MinIO is
#   ROOT_USER, ROOT_PASSWORD_FILE  of MinIO
#   KEY, SECRET_FILE               of the service
#   USERS                          "none" for a store that knows its root key alone; then the service must have that one
set -eu
# The image of mc has a shell and little else.
IFS= read -r root_password < "$ROOT_PASSWORD_FILE" || [ -n "$root_password" ]
IFS= read -r secret < "$SECRET_FILE" || [ -n "$secret" ]
mc alias set store "$STORE" "$ROOT_USER" "$root_password"
mc mb --ignore-existing store/kindred
if [ "${USERS:-}" = none ]; then
  echo "USERS=none: the service works with the root key"
  exit
fi
mc admin user add store "$KEY" "$secret"
mc admin policy create store kindred "${0%/*}/policy.json"
mc admin policy attach store kindred --user "$KEY" || echo "perhaps it has it already"
case $(mc admin user info store "$KEY" --json) in
  *'"policyName":"kindred"'*) ;;
  *)
    echo "the key $KEY does not have the policy" >&2
    exit 1
    ;;
esac
