/** The meals of a day by the names of their texts. */
export const MEALS: Readonly<Record<string, string>> = {
  早餐: 'breakfast',
  早点: 'morning_snack',
  午餐: 'lunch',
  午点: 'afternoon_snack',
  晚餐: 'dinner',
  夜宵: 'night_snack',
}
