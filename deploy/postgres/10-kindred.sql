-- Runs once, when the cluster is made: the service owns its database and nothing else.
\set password `cat /run/secrets/kindred-password`
create role kindred login password :'password';
create database kindred owner kindred;
revoke all on database kindred from public;
