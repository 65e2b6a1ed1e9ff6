/** What is only done with a reason. */
export type Reasoned =
  | { what: 'correct'; field: string }
  | { what: 'void' }
  | { what: 'restore' }
  | { what: 'strike'; act: string }

/** The name of its form, behind that of the forms with a reason. */
export function nameOf(reasoned: Reasoned): string {
  switch (reasoned.what) {
    case 'correct':
      return `correct.${reasoned.field}`
    case 'strike':
      return `strike.${reasoned.act}`
    default:
      return reasoned.what
  }
}

/** What a form was about that somebody has begun; null for another form. */
export function reasonOf(form: string): Reasoned | null {
  const [, what = '', about = ''] = /^entry\.correct\/([a-z]+)(?:\.(.+))?$/.exec(form) ?? []
  if (what === 'void' || what === 'restore') return { what }
  if (what === 'correct' && about) return { what, field: about }
  return what === 'strike' && about ? { what, act: about } : null
}
