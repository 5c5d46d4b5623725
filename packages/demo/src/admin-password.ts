import { randomBytes } from 'node:crypto';

/** Of the user `admin` at services that are started here, and at one that runs already, where the environment says it. */
export const ADMIN_PASSWORD = process.env.KINDRED_ADMIN_PASSWORD || randomBytes(18).toString('base64url');
