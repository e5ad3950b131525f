/**
 * crm_mon is asked about once a second, so one state that shows something out of place may be a snapshot of a legal move (one resource
 * already started there, the other not yet stopped here). Two in a row are not: they stand for longer than one and a half periods.
 */
export const SNAPSHOT_GRACE_US = 1_500_000;
