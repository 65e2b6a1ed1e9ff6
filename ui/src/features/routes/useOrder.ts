/** Moving a point: by dragging its handle with mouse or finger, or by the keys on it. */
import { computed, ref, watch, type Ref } from 'vue'
import { moved, placeAt, placeByKey } from './order'

/**
 * Moves the rows of a list.
 * @param stored the rows as they are stored
 * @param list the element that holds a row each, in order
 * @param save stores that a row has a new place, from 0; asked once at a time
 */
export function useOrder<T extends { id: string }>(
  stored: () => readonly T[],
  list: Readonly<Ref<HTMLElement | null>>,
  save: (row: T, place: number) => Promise<boolean>,
) {
  const dragged = ref<string | null>(null)
  /** How they stand on the screen, until the store has answered every move and says how. */
  const order = ref<string[] | null>(null)
  /** How they will be stored when all that was asked for is done. */
  let asked: string[] | null = null
  let unanswered = 0
  let last = Promise.resolve(true)
  /** The handle whose key moved its row. */
  let held: HTMLElement | null = null

  const rows = computed(() => {
    const byId = new Map(stored().map((row) => [row.id, row]))
    const known = (order.value ?? []).flatMap((id) => byId.get(id) ?? [])
    return known.length === byId.size ? known : [...stored()]
  })
  const placeOf = (id: string) => rows.value.findIndex((row) => row.id === id)

  function settle() {
    asked = null
    if (dragged.value === null) order.value = null
  }
  watch(stored, () => unanswered === 0 && settle())
  watch(
    rows,
    () => {
      // A row that is put elsewhere in the page loses the focus.
      if (held && document.activeElement === document.body) held.focus()
      if (order.value === null) held = null
    },
    { flush: 'post' },
  )

  async function move(id: string, place: number) {
    const row = rows.value.find((known) => known.id === id)
    const before = asked ?? stored().map((known) => known.id)
    if (!row || place === before.indexOf(id)) return void (order.value = asked)
    asked = order.value = moved(before, before.indexOf(id), place)
    unanswered += 1
    last = last.then(() => save(row, place))
    const isSaved = await last
    unanswered -= 1
    if (!isSaved) settle()
  }

  function key(event: KeyboardEvent, id: string) {
    const place = placeByKey(event.key, placeOf(id), rows.value.length)
    if (place === null) return
    event.preventDefault()
    if (place === placeOf(id)) return
    held = event.currentTarget as HTMLElement
    void move(id, place)
  }

  function start(event: PointerEvent, id: string) {
    if (event.button !== 0) return
    dragged.value = id
    const handle = event.currentTarget as HTMLElement
    handle.setPointerCapture(event.pointerId)
  }

  function drag(event: PointerEvent) {
    if (dragged.value === null || !list.value) return
    const others = [...list.value.children].filter((row) => row instanceof HTMLElement)
    const middles = others.map((row) => {
      const { top, height } = row.getBoundingClientRect()
      return top + height / 2
    })
    const [from, to] = [placeOf(dragged.value), placeAt(event.clientY, middles)]
    // Just above the middle of the row below it stands where it stood.
    const place = to > from ? Math.max(from, event.clientY < (middles[to] ?? 0) ? to - 1 : to) : to
    if (place === from) return
    order.value = moved(
      rows.value.map((row) => row.id),
      from,
      place,
    )
  }

  async function drop() {
    const id = dragged.value
    dragged.value = null
    if (id !== null) await move(id, placeOf(id))
  }

  function cancel() {
    dragged.value = null
    order.value = asked
  }

  return { rows, dragged, key, start, drag, drop, cancel }
}
