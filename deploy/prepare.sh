#!/bin/sh
# Runs before everything else of docker-compose.yml. Each consumer finds the secrets that it needs, and no others, in a volume of
# its own, in files that it alone may read. A secret is what the environment says, or what is there from the last start, or new.
#   $1                  folder with a folder for each consumer
#   $2...               folders of data that belong to user 1000, whatever user the image has
#   POSTGRES_PASSWORD KINDRED_DB_PASSWORD KINDRED_ADMIN_PASSWORD REDIS_PASSWORD S3_SECRET_ACCESS_KEY MINIO_ROOT_PASSWORD
#   MINIO_ROOT_USER     each may be empty
#   MINIO_USERS         "none" for a store that knows its root key alone; the service then gets that one
set -eu
umask 077
secrets=$1
shift

# secret GIVEN FILE: what it is to be; the file has it from the last start.
secret() {
  if [ -n "$1" ]; then
    printf '%s' "$1"
  elif [ -s "$2" ]; then
    cat "$2"
  else
    od -An -v -N24 -tx1 /dev/urandom | tr -d ' \n'
  fi
}

# bytes PREFIX TEXT: each byte of the text as two hexadecimal digits after the prefix, so that no sign means anything.
bytes() { printf '%s' "$2" | od -An -v -tx1 | tr -d '\n' | sed "s/ /$1/g"; }

# give USER FILE TEXT: whole or not at all, whenever the power goes.
give() {
  printf '%s\n' "$3" > "$2.new"
  chmod 400 "$2.new"
  chown "$1:$1" "$2.new"
  mv "$2.new" "$2"
}

superuser=$(secret "${POSTGRES_PASSWORD:-}" "$secrets/postgres/superuser-password")
database=$(secret "${KINDRED_DB_PASSWORD:-}" "$secrets/postgres/kindred-password")
admin=$(secret "${KINDRED_ADMIN_PASSWORD:-}" "$secrets/kindred/admin-password")
redis=$(secret "${REDIS_PASSWORD:-}" "$secrets/redis/password")
root=$(secret "${MINIO_ROOT_PASSWORD:-}" "$secrets/minio/root-password")
own=$(secret "${S3_SECRET_ACCESS_KEY:-}" "$secrets/bucket/service-secret")
case ${MINIO_USERS:-} in
  none) key=${MINIO_ROOT_USER:-root} key_secret=$root ;;
  *) key=kindred key_secret=$own ;;
esac

give 999 "$secrets/postgres/superuser-password" "$superuser"
give 999 "$secrets/postgres/kindred-password" "$database"
give 999 "$secrets/redis/password" "$redis"
give 999 "$secrets/redis/redis.conf" "requirepass \"$(bytes '\\x' "$redis")\""
give 1000 "$secrets/minio/root-password" "$root"
give 65534 "$secrets/bucket/root-password" "$root"
give 65534 "$secrets/bucket/service-secret" "$own"
give 1000 "$secrets/kindred/admin-password" "$admin"
give 1000 "$secrets/kindred/database-url" "postgres://kindred:$(bytes % "$database")@postgres:5432/kindred"
give 1000 "$secrets/kindred/redis-url" "redis://:$(bytes % "$redis")@redis:6379"
give 1000 "$secrets/kindred/s3-access-key-id" "$key"
give 1000 "$secrets/kindred/s3-secret-access-key" "$key_secret"
chmod 755 "$secrets"/*

for folder in "$@"; do
  [ "$(stat -c %u "$folder")" = 1000 ] || chown -R 1000:1000 "$folder"
done
