/** An inspection as the place of a form: its record as a whole. */
import { useBackend } from '@/backend'
import type { FormPort } from '@/shared/form/port'
import type { FormKey } from '@/shared/state/unfinished'
import type { Form } from '../types'

/** Under which form the items of an inspection are kept. */
export const itemsOf = (inspection: string): FormKey => ({ form: 'inspection.items', record: inspection })

/** @param id the inspection. */
export function useInspectionPort(id: string): FormPort<Form> {
  const backend = useBackend()
  return {
    read: () => backend.call('inspection.get', { id }),
    answer: (given) => backend.call('inspection.answer', { id, ...given }),
    note: (given) => backend.call('inspection.note', { id, ...given }),
    photo: (given) => backend.call('inspection.photo', { id, ...given }),
    rest: (given) => backend.call('inspection.rest', { id, ...given }),
    undo: (given) => backend.call('inspection.undo', { id, ...given }),
    undoRest: (given) => backend.call('inspection.undo', { id, ...given }),
    undoPhoto: (given) => backend.call('inspection.undo', { id, ...given }),
    watch: (changed) =>
      backend.onChange((news) => {
        if (news.type !== 'changed') return
        const isOurs = news.ids.length === 0 || news.ids.includes(id)
        const isFinding = news.kinds.length === 0 || news.kinds.includes('finding')
        if (isOurs || isFinding) changed()
      }),
  }
}
