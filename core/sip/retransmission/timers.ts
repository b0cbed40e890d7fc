/** RFC 3261 17.1.1.1, table 4: ms. */
export const t1 = 500;
export const t2 = 4000;
/** 64 T1: how long a transaction may live, and how long its traces are kept. */
export const transactionLife = 64 * t1;
