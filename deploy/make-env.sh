#!/bin/sh
# Writes .env: .env.example with a random password in each empty place. One that is there already is left alone, because the
# stores remember its passwords.
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
