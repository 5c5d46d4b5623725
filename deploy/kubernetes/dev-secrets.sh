#!/bin/sh
# Prints the Secrets of the overlay `dev` with passwords made up now, a Secret for each consumer:
#   sh deploy/kubernetes/dev-secrets.sh | kubectl create -f -
# `create` leaves alone what is there, and the stores remember what they were started with.
set -eu
random() { od -An -v -N24 -tx1 /dev/urandom | tr -d ' \n'; }
database=$(random)
redis=$(random)
service=$(random)
cat << YAML
apiVersion: v1
kind: Secret
metadata: { name: kindred, namespace: kindred-dev }
stringData:
  DATABASE_URL: postgres://kindred:$database@postgres:5432/kindred
  KINDRED_ADMIN_PASSWORD: $(random)
  REDIS_URL: redis://:$redis@redis:6379
  S3_ACCESS_KEY_ID: kindred
  S3_SECRET_ACCESS_KEY: $service
---
apiVersion: v1
kind: Secret
metadata: { name: postgres, namespace: kindred-dev }
stringData:
  superuser-password: $(random)
  kindred-password: $database
---
apiVersion: v1
kind: Secret
metadata: { name: redis, namespace: kindred-dev }
stringData:
  password: $redis
  redis.conf: requirepass $redis
---
apiVersion: v1
kind: Secret
metadata: { name: minio, namespace: kindred-dev }
stringData:
  root-password: $(random)
YAML
