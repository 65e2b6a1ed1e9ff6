/** A row that is being written: what stands in its form, what is wrong with it, and how it is saved. */
import { computed, ref, shallowRef, watch } from 'vue'
import { CommandError, useBackend, type PhotoRef } from '@/backend'
import { usePhotoDesk } from '@/shared/components/photo'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'
import { useUnfinished } from '@/shared/state/unfinished'
import { provideFields } from '../fields/context'
import { missingOf, warningsOf, wrongsOf, type Wrongs } from '../model/check'
import { isAsked, isNeeded } from '../model/condition'
import { changesOf, typedFields, untouched } from '../model/values'
import type { Entry, Field, FormValues, Kind, Warning } from '../types'

/** The reason for writing late stands among the values of the form, under a name that no field has. */
const REASON = '#late'

/**
 * @param entry the row that is changed; left out for a new one.
 * @param given what a new row begins with beside its presets, by field.
 */
export function useEntryForm(
  kind: () => Kind,
  entry?: () => Entry,
  given: () => Readonly<Record<string, string>> = () => ({}),
) {
  const backend = useBackend()
  const session = useSession()
  const time = useTimeFormat()

  const initial = (): FormValues => {
    const plain = untouched(kind().fields, time, entry?.().fields)
    // Only what is one text in a form can be given, and nothing that is measured.
    const known = typedFields(kind().fields).filter(
      ({ name, measured }) => !entry && !measured && typeof plain[name] === 'string' && name in given(),
    )
    return {
      ...plain,
      ...Object.fromEntries(known.map(({ name }) => [name, given()[name] ?? ''])),
      [REASON]: '',
    }
  }
  const unfinished = useUnfinished(
    { form: `entry.save/${kind().kind}`, ...(entry ? { record: entry().id } : {}) },
    initial,
    entry ? { seen: () => entry().version } : {},
  )
  const values = unfinished.values

  const desk = usePhotoDesk({
    backend,
    keep: async (name, photo) => void (values[name] = [...(values[name] as PhotoRef[]), photo]),
    stamp: (_name, takenAt) => [
      time.moment(takenAt),
      [session.campus.value?.name, kind().name].filter(Boolean).join(' '),
      session.name.value ?? '',
    ],
  })
  provideFields({
    desk,
    nameOf: (id) =>
      Object.values(entry?.().refs ?? {})
        .flat()
        .find((one) => one.id === id)?.text ?? undefined,
    standsIn: (field) => String(values[field] ?? entry?.().fields[field] ?? ''),
  })

  /** The fields that this person may write here. */
  const fields = computed<Field[]>(() => {
    const typed = typedFields(kind().fields).filter(({ view }) => view === 'whole' || !entry)
    return entry ? typed.filter(({ name }) => entry().editable.includes(name)) : typed
  })
  const asked = computed(() => fields.value.filter((field) => isAsked(field, values)))
  const isMissingAllowed = computed(() => entry !== undefined)

  const wrongs = ref<Wrongs>({})
  const error = shallowRef<CommandError | null>(null)
  const warnings = ref<readonly Warning[]>([])
  const asksReason = ref(false)
  const isSaving = ref(false)
  const isKeeping = computed(() =>
    asked.value.some(({ name }) => desk.of(name).some(({ state }) => state === 'working')),
  )
  // What was said of a value is over as soon as that is changed; a question is about all of them.
  watch(
    () => ({ ...values }),
    (now, before) => {
      error.value = null
      warnings.value = []
      const changed = Object.keys(now).filter((name) => now[name] !== before[name])
      if (changed.some((name) => name in wrongs.value))
        wrongs.value = Object.fromEntries(
          Object.entries(wrongs.value).filter(([name]) => !changed.includes(name)),
        )
    },
  )

  function refuse(refused: CommandError) {
    wrongs.value = wrongsOf(refused)
    warnings.value = warningsOf(refused)
    if (refused.code === 'late-reason') asksReason.value = true
    const isSaid = Object.keys(wrongs.value).some((name) => asked.value.some((field) => field.name === name))
    if (!isSaid && warnings.value.length === 0 && refused.code !== 'late-reason') error.value = refused
  }

  /** Saves; gives the row's id, or null where something has to be put right first. */
  async function save(sure: readonly string[] = []): Promise<{ id: string; created: boolean } | null> {
    if (isSaving.value) return null
    if (!isMissingAllowed.value) {
      wrongs.value = missingOf(fields.value, values)
      if (Object.keys(wrongs.value).length > 0) return null
    }
    isSaving.value = true
    error.value = null
    try {
      const reason = String(values[REASON] ?? '').trim()
      const saved = await backend.call('entry.save', {
        kind: kind().kind,
        set: changesOf(fields.value, values, initial(), !entry),
        ...(entry ? { id: entry().id, seen: unfinished.seen() ?? null } : {}),
        ...(reason ? { late_reason: reason } : {}),
        ...(sure.length > 0 ? { sure: [...sure] } : {}),
      })
      await unfinished.done()
      return saved
    } catch (thrown) {
      refuse(CommandError.from(thrown))
      return null
    } finally {
      isSaving.value = false
    }
  }

  return {
    unfinished,
    values,
    asked,
    isNeeded: (field: Field) => isNeeded(field, values),
    wrongs,
    error,
    warnings,
    asksReason: computed(() => asksReason.value || values[REASON] !== ''),
    reason: computed({
      get: () => String(values[REASON] ?? ''),
      set: (text) => (values[REASON] = text),
    }),
    isBusy: computed(() => isSaving.value || isKeeping.value),
    save,
  }
}
