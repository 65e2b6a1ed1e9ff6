/** How far the list of who is inside can be relied on. */

/** From so many minutes on the page says first that others may have come and gone since. */
const OLD_MIN = 30

/** Whether what the list rests on is old, in minutes; an age that nobody knows is. */
export const isOld = (ageMin: number | null): boolean => ageMin === null || ageMin >= OLD_MIN
