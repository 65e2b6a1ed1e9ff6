/** The files that are made aside for the person who works, and what became of the last that was fetched. */
import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useBackend, type Arguments, type SavedSheet, type SheetFile } from '@/backend'
import { useAction } from '@/shared/composables/useAction'
import { useQuery } from '@/shared/state/query'
import { giveFile } from '@/shared/format/file'
import type { SheetExport } from './types'

/** How often a page asks how far a file is, in ms. */
const LOOK_MS = 500

export const isUnderWay = ({ state }: SheetExport): boolean => state !== 'ready' && state !== 'failed'

export function useExports() {
  const backend = useBackend()
  const asked = useQuery('sheet.exports', () => ({}), { kinds: ['session'] })
  const exports = computed(() => asked.data.value?.exports ?? [])
  const look = useIntervalFn(() => void asked.reload(), LOOK_MS, { immediate: false })
  watch(
    () => exports.value.some(isUnderWay),
    (is) => (is ? look.resume() : look.pause()),
  )

  const given = shallowRef<SheetFile | SavedSheet | null>(null)
  function give(file: SheetFile | SavedSheet) {
    giveFile(file)
    given.value = file
  }
  const taking = useAction(async (name: string) => {
    try {
      give(await backend.takeSheet(name))
    } finally {
      await asked.reload()
    }
  })
  const stopping = useAction(async (name: string) => {
    asked.set(await backend.call('sheet.stop', { export: name }))
  })
  // Who has seen a file being made here wants it when it is whole; one that was left is offered.
  const seen = new Set<string>()
  watch(exports, async (all) => {
    const done = all.filter(({ export: name, state }) => state === 'ready' && seen.delete(name))
    all.filter(isUnderWay).forEach(({ export: name }) => seen.add(name))
    for (const { export: name } of done) await taking.run(name)
  })

  async function make(question: Arguments<'sheet.get'> & { as: 'xlsx' | 'csv' }) {
    given.value = null
    taking.clear()
    const made = await backend.sheetFile(question)
    if (!('export' in made)) return give(made)
    seen.add(made.export)
    await asked.reload()
  }
  return { exports, given, make, taking, stopping, error: asked.error }
}
