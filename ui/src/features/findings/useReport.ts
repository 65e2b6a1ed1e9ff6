/** A report that is being made; what was typed stays until it is sent, whatever happens to the page. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { CommandError, useBackend, type Category, type PhotoRef, type Severity } from '@/backend'
import { useQuery } from '@/shared/state/query'
import { useUnfinished } from '@/shared/state/unfinished'
import { usePhotos } from './usePhotos'

/** The choice of a place that has no record. */
export const OTHER_PLACE = '-'

interface Draft {
  /** Given when it is sent, so that a report that is sent twice is one finding. */
  id: string
  words: string
  area: string
  place: string
  severity: Severity
  category: Category | ''
  isFixed: boolean
  photos: PhotoRef[]
}

const fresh = (): Draft => ({
  id: '',
  words: '',
  area: '',
  place: '',
  severity: 'L2',
  category: '',
  isFixed: false,
  photos: [],
})

/** @param run the round on which it was found; null for none. */
export function useReport(run: string | null = null) {
  const { t } = useI18n()
  const backend = useBackend()
  const unfinished = useUnfinished({ form: 'finding.report' }, fresh)
  const draft = unfinished.values
  const error = shallowRef<CommandError | null>(null)
  const trouble = ref<string | null>(null)
  const isSending = ref(false)
  watch(draft, () => {
    error.value = null
    trouble.value = null
  })

  const list = useQuery('area.list', () => ({ limit: 1_000 }), { kinds: ['area'] })
  const areas = computed(() => [
    { value: '', text: t('findings.not_said') },
    ...(list.data.value?.areas ?? []).map(({ id, name }) => ({ value: id, text: name ?? id })),
    { value: OTHER_PLACE, text: t('findings.other_place') },
  ])
  const areaName = () =>
    draft.area === OTHER_PLACE
      ? draft.place
      : list.data.value?.areas.find(({ id }) => id === draft.area)?.name

  const { desk, photos, isKeeping, remove } = usePhotos(draft, 'report', areaName)

  /** Gives the finding's id, or null when something is missing or went wrong. */
  async function send(): Promise<string | null> {
    const words = draft.words.trim()
    if (!words && draft.photos.length === 0) {
      trouble.value = t('findings.needs_something')
      return null
    }
    isSending.value = true
    error.value = null
    try {
      const area = draft.area === OTHER_PLACE ? draft.place.trim() : draft.area
      const id = (draft.id ||= crypto.randomUUID())
      await backend.call('finding.report', {
        id,
        // Whoever only takes a photo lets the photo speak; stored alike in both languages.
        description: words || t('findings.see_photo', {}, { locale: 'zh' }),
        area: area || null,
        severity: draft.severity,
        category: draft.category || null,
        corrected_on_spot: draft.isFixed,
        photos: draft.photos,
        ...(run ? { patrol_run: run } : {}),
      })
      await unfinished.done()
      return id
    } catch (thrown) {
      error.value = CommandError.from(thrown)
      return null
    } finally {
      isSending.value = false
    }
  }

  return {
    unfinished,
    draft,
    photos,
    desk,
    removePhoto: remove,
    areas,
    error,
    trouble,
    isBusy: computed(() => isSending.value || isKeeping.value),
    isReady: computed(() => draft.words.trim() !== '' || draft.photos.length > 0),
    send,
  }
}
