/**
 * What a person has begun in a form: kept on this device under that person's name from the first letter, shown to nobody
 * else, and offered again.
 *
 * Every form that takes more than one tap holds what is typed in `useUnfinished`. What stands there is bound to the person who
 * works when the form is opened; pages are made anew for another person (`App.vue`), so nobody finds another one's words.
 */
import {
  computed,
  effectScope,
  inject,
  onActivated,
  onDeactivated,
  onScopeDispose,
  reactive,
  ref,
  toRaw,
  watch,
  type ComputedRef,
  type Ref,
} from 'vue'
import type { RouteLocationRaw, Router } from 'vue-router'
import { BACKEND, type Backend, type CommandError, type DraftView } from '@/backend'
import { createDraftSlot, type DraftContent, type DraftSlot, type FormKey } from './drafts'
import { beforeLeaving } from './leave'
import { useSession } from './session'

export type { FormKey }

export interface Unfinished<T extends object> {
  /** What stands in the form; a change of it is kept. Values as JSON has them, and no secrets. */
  values: T
  /** Whether anything of it was changed. */
  isBegun: ComputedRef<boolean>
  /** Since when it stands there from an earlier time, ms; null when it was begun just now. */
  offeredAt: Readonly<Ref<number | null>>
  /** Fields of an older form that have no place any more, as text to copy. */
  left: Readonly<Ref<readonly string[]>>
  /** What its author had seen of the record, to be given with the save; what came later is not overwritten. */
  seen: () => string | undefined
  /** The fields that somebody else has changed since it was begun. */
  changedSince: ComputedRef<readonly (keyof T)[]>
  /** Settles when it is known what was begun before. */
  ready: Promise<void>
  /** Why it is not kept; null while it is. */
  problem: Readonly<Ref<CommandError | null>>
  /** Empties the form, so that it can still be taken back. */
  discard: () => void
  /** Takes the last `discard` back; null when there is none. */
  takeBack: Readonly<Ref<(() => void) | null>>
  /** Keeps at once what waits for a pause in typing. */
  flush: DraftSlot['flush']
  /** It was given in: nothing is kept any more. The form stands as it would untouched, or as `stored`. */
  done: (stored?: T) => Promise<void>
}

export interface UnfinishedOptions {
  /** What the form has seen of its record when it is begun. */
  seen?: () => string | undefined
  /**
   * The version of the form's declaration.
   * @default 1
   */
  declared?: number
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const shapeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

interface Entry<T extends object> extends Unfinished<T> {
  /** Its record was read anew: what was not touched follows. */
  follow: (fresh: T) => void
  /** The form is opened again: what stands there is offered, and what another page has kept is asked for. */
  open: () => void
}

function createEntry<T extends object>(
  backend: Backend,
  person: string | null,
  key: FormKey,
  initial: T,
  { seen, declared = 1 }: UnfinishedOptions,
): Entry<T> {
  const values = reactive(copy(initial)) as T
  /** What the form would hold untouched, as it was when each field was begun. */
  const base = ref(copy(initial)) as Ref<T>
  /** The same as it is now. */
  const newest = ref(copy(initial)) as Ref<T>
  const offeredAt = ref<number | null>(null)
  const left = ref<readonly string[]>([])
  const takeBack = ref<(() => void) | null>(null)
  let rest: Record<string, unknown> = {}
  let begunWith: string | undefined
  let isKept = false
  const names = Object.keys(initial) as (keyof T & string)[]
  const changed = computed(() => names.filter((name) => !isSame(values[name], base.value[name])))
  const isBegun = computed(() => changed.value.length > 0)

  function content(): DraftContent {
    const pick = (from: T) => Object.fromEntries(changed.value.map((name) => [name, copy(from[name])]))
    isKept = isBegun.value
    if (!isKept) return null
    return { declared, seen: begunWith ?? null, base: pick(base.value), set: { ...rest, ...pick(values) } }
  }
  const slot = person === null ? null : createDraftSlot(backend, person, key, content)

  /** Takes up what was kept; what was typed meanwhile stays. */
  function take(draft: DraftView) {
    isKept = true
    begunWith = draft.seen ?? undefined
    for (const [name, value] of Object.entries(draft.set)) {
      const own = name as keyof T & string
      if (!names.includes(own) || shapeOf(value) !== shapeOf(initial[own])) {
        rest[name] = value
        continue
      }
      // The save that it led to was answered, and then the program ended.
      if (isSame(value, newest.value[own])) continue
      const isUntouched = isSame(values[own], base.value[own])
      if (name in draft.base) base.value[own] = copy(draft.base[name]) as never
      if (isUntouched) values[own] = copy(value) as never
    }
    left.value = Object.values(rest).filter((value): value is string => typeof value === 'string')
    if (isBegun.value || left.value.length > 0) offeredAt.value = draft.at
    else slot?.touch()
  }
  async function load() {
    const draft = await slot?.read()
    if (draft) take(draft)
  }

  let ready = load()
  watch(
    values,
    () => {
      if (isBegun.value) begunWith ??= seen?.()
      if (isBegun.value || isKept) slot?.touch()
      if (isBegun.value) takeBack.value = null
    },
    { deep: true, flush: 'sync' },
  )

  function reset() {
    Object.assign(values, copy(newest.value))
    base.value = copy(newest.value)
    rest = {}
    left.value = []
    begunWith = undefined
    offeredAt.value = null
  }

  return {
    values,
    isBegun,
    offeredAt,
    left,
    takeBack,
    changedSince: computed(() =>
      changed.value.filter(
        (name) => !isSame(newest.value[name], base.value[name]) && !isSame(newest.value[name], values[name]),
      ),
    ),
    seen: () => begunWith ?? seen?.(),
    get ready() {
      return ready
    },
    problem: slot?.problem ?? ref(null),
    discard() {
      const [before, baseBefore] = [copy(toRaw(values)), copy(base.value)]
      const [seenBefore, at] = [begunWith, offeredAt.value]
      reset()
      takeBack.value = () => {
        base.value = baseBefore
        begunWith = seenBefore
        Object.assign(values, before)
        offeredAt.value = at
        takeBack.value = null
      }
    },
    async done(stored) {
      if (stored) newest.value = copy(stored)
      reset()
      takeBack.value = null
      if (isKept) slot?.touch()
      await slot?.flush()
    },
    follow(fresh) {
      newest.value = copy(fresh)
      for (const name of names) {
        const isUntouched = isSame(values[name], base.value[name])
        if (!isUntouched && !isSame(values[name], fresh[name])) continue
        base.value[name] = copy(fresh[name])
        values[name] = copy(fresh[name])
      }
    },
    open() {
      if (isBegun.value) offeredAt.value ??= Date.now()
      else ready = load()
    },
    flush: async (left) => slot?.flush(left),
  }
}

/** What was begun behind one door, by person and form; it outlives the pages, as a photo may still be on its way into it. */
const books = new WeakMap<Backend, Map<string, Entry<object>>>()

/**
 * What the person who works has begun in a form, inside a component's setup.
 * @param initial what stands in the form untouched; of a record, as it stands in the store, followed while untouched.
 */
export function useUnfinished<T extends object>(
  key: FormKey,
  initial: () => T,
  options: UnfinishedOptions = {},
): Unfinished<T> {
  const backend = inject(BACKEND)
  if (!backend) throw new Error('the app has no backend')
  const person = useSession().worker.value?.by?.id ?? null
  const book = books.get(backend) ?? new Map<string, Entry<object>>()
  books.set(backend, book)
  // Nobody's words are nobody's: they go with the page.
  const place = person === null ? null : JSON.stringify([person, key.form, key.record ?? null])
  const known = place === null ? undefined : (book.get(place) as unknown as Entry<T> | undefined)
  const entry = known ?? effectScope(true).run(() => createEntry(backend, person, key, initial(), options))!
  if (known) {
    known.follow(initial())
    known.open()
  } else if (place !== null) {
    book.set(place, entry as unknown as Entry<object>)
    beforeLeaving(entry.flush)
  }
  watch(
    () => JSON.stringify(initial()),
    () => entry.follow(initial()),
  )
  let wasHidden = false
  onDeactivated(() => {
    wasHidden = true
    void entry.flush()
  })
  // A page is activated too when it is made.
  onActivated(() => wasHidden && entry.open())
  onScopeDispose(() => void entry.flush())
  return entry
}

/** The page on which a form is taken up again, as the routes say; null for a form of another version. */
export function pageOfForm(
  router: Pick<Router, 'getRoutes'>,
  { form, record }: { form: string; record?: string | null },
): RouteLocationRaw | null {
  const [name = '', part] = form.split('/', 2)
  const routes = router.getRoutes().filter(({ meta }) => meta.unfinished?.includes(name))
  // A form for something new and for a record may have a page each.
  const route = routes.find(({ path }) => path.includes(':id') === Boolean(record)) ?? routes[0]
  if (!route || (route.path.includes(':id') && !record)) return null
  const path = route.path.replace(':id', record ?? '').replace(':kind', part ?? '')
  // A page that serves many records is told which one.
  const own = record && !route.path.includes(':id') ? { record } : null
  return { path, ...(part || own ? { query: { unfinished: form, ...own } } : {}) }
}
