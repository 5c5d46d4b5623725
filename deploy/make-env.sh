#!/bin/sh
# Writes .env: .env.example with a random password in each empty place. One that is there already is left alone, because the
# stores remember its passwords. With MINIO_USERS=none in the environment it is for a store that knows its root key alone, which the
# service then works with.
set -eCu
cd "$(dirname "$0")/.."
umask 077
while IFS= read -r line; do
  case $line in
    '#'* | '') printf '%s\n' "$line" ;;
    *=) printf '%s%s\n' "$line" "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < .env.example > .env
if [ "${MINIO_USERS:-}" = none ]; then
  secret=$(sed -n 's/^S3_SECRET_ACCESS_KEY=//p' .env)
  sed "s/^MINIO_ROOT_PASSWORD=.*/MINIO_USERS=none\\
MINIO_ROOT_USER=kindred\\
MINIO_ROOT_PASSWORD=$secret/" .env > .env.new
  mv .env.new .env
fi
