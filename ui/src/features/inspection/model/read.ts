/** Answers of the commands as these screens work with them. */
import type { Filled, Form, Item } from '../types'

/** An item whose photos are a list, whatever the program's version gives. */
function item(given: unknown): Item {
  const one = given as Item
  return Array.isArray(one.photos) ? one : { ...one, photos: [] }
}

export function readForm(answer: unknown): Form {
  const form = answer as Form
  return {
    ...form,
    sections: form.sections.map((section) => ({ ...section, items: section.items.map(item) })),
  }
}

export function readFilled(answer: unknown): Filled {
  const filled = answer as Filled
  return { ...filled, items: filled.items.map(item) }
}
