import { effectScope, nextTick } from 'vue'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { CommandError, type StoredBlob } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled } from '@/shared/testing/mount'
import PhotoStrip from './PhotoStrip.vue'
import PhotoViewer from './PhotoViewer.vue'
import { readHeader } from './header'
import { createHelper, NoWorker, type Beside, type Job } from './helper'
import { decodeWidth, fit } from './sizes'
import { exifTime } from './time'
import type { PhotoView } from './types'
import { layStrip, wrap } from './watermark'

vi.mock('./pipeline', async (original) => ({
  ...(await original<typeof import('./pipeline')>()),
  prepare: async (file: Blob) => {
    const { PhotoProblem } = await import('./problem')
    if (file.size === 0) throw new PhotoProblem('broken')
    return { full: new Blob(['full']), thumb: new Blob(['thumb']), takenAt: 5 }
  },
}))

const bytes = (...values: number[]) => new Uint8Array([...values, ...Array<number>(24).fill(0)]).buffer

describe('the head of a file', () => {
  it('tells a JPEG and its size behind other segments', () => {
    const head = readHeader(
      bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0x0f, 0xa0, 0x0b, 0xb8),
    )
    expect(head).toEqual({ kind: 'jpeg', width: 3000, height: 4000 })
  })

  it('tells HEIC from what is no picture', () => {
    const ascii = (text: string) => [...text].map((one) => one.charCodeAt(0))
    expect(readHeader(bytes(0, 0, 0, 24, ...ascii('ftypheic'))).kind).toBe('heic')
    expect(
      readHeader(bytes(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 9)).kind,
    ).toBe('png')
    expect(readHeader(bytes(...ascii('%PDF-1.7'))).kind).toBe('other')
    expect(readHeader(new ArrayBuffer(3)).kind).toBe('other')
  })

  it('never reads over the end of a damaged file', () => {
    expect(readHeader(bytes(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff))).toEqual({
      kind: 'jpeg',
      width: null,
      height: null,
    })
  })
})

describe('the size of a photo', () => {
  it('is at most 1,600 on its long edge, and never enlarged', () => {
    expect(fit({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fit({ width: 800, height: 600 }, 1600)).toEqual({ width: 800, height: 600 })
    expect(fit({ width: 10_000, height: 2 }, 1600).height).toBe(1)
  })

  it('shrinks huge ones while they are decoded, and leaves the others alone', () => {
    expect(decodeWidth(8000, 5000)).toBe(1600)
    expect(decodeWidth(5000, 8000)).toBe(1600)
    expect(decodeWidth(3000, 2000)).toBeNull()
    // A panorama so flat would become blurred.
    expect(decodeWidth(12_000, 1500)).toBeNull()
    expect(decodeWidth(null, null)).toBeNull()
  })
})

describe('the time of a photo', () => {
  const now = Date.UTC(2026, 10, 23)

  it('is that of the camera, with its zone', () => {
    expect(exifTime('2026:11:22 10:42:05', '+08:00', now)).toBe(Date.parse('2026-11-22T10:42:05+08:00'))
  })

  it('is that of the campus for a camera without a zone', () => {
    expect(exifTime('2026:11:22 10:42:05', undefined, now, 'Asia/Shanghai')).toBe(
      Date.parse('2026-11-22T10:42:05+08:00'),
    )
    expect(exifTime('2026:07:01 10:42:05', undefined, now, 'Europe/Berlin')).toBe(
      Date.parse('2026-07-01T10:42:05+02:00'),
    )
  })

  it.each([
    ['a clock that was never set', '1970:01:01 00:00:00'],
    ['a clock that runs ahead', '2031:01:01 00:00:00'],
    ['no time', '0000:00:00 00:00:00'],
    ['something else', 42],
  ])('is not taken from %s', (_, text) => expect(exifTime(text, '+08:00', now)).toBeNull())
})

it('breaks the lines of a watermark where they no longer fit', () => {
  expect(wrap('中心幼儿园食堂', 4, (text) => [...text].length)).toEqual(['中心幼儿', '园食堂'])
  expect(wrap('', 4, () => 1)).toEqual([])
})

describe('the watermark', () => {
  const measure = (text: string, font: string) => [...text].length * Number(/(\d+)px/.exec(font)![1])
  const lines = ['2026-11-23 10:42', '启明星幼儿园 食堂', '王秀兰']
  const on = (width: number, height: number) => layStrip({ width, height }, lines, measure)

  it('lies over the foot of a photo, and covers little of it', () => {
    for (const [width, height] of [
      [1600, 1200],
      [1200, 1600],
      [320, 240],
    ] as const) {
      const strip = on(width, height)
      expect(strip.height, `${width}x${height}`).toBeLessThanOrEqual(height * 0.35)
      expect(strip.top + strip.height).toBe(height + strip.below)
    }
    expect(on(1600, 1200).below).toBe(0)
  })

  it('stands under a panorama, all of which stays in sight', () => {
    const strip = on(1600, 200)
    expect(strip.top).toBe(200)
    expect(strip.below).toBe(strip.height)
  })

  it('takes no room where it says nothing', () => {
    expect(layStrip({ width: 10, height: 10 }, [], measure)).toMatchObject({ height: 0, below: 0 })
  })
})

describe('the worker', () => {
  /** Answers what it is told to, and never what it is not. */
  function worker(answers: (job: Job) => unknown) {
    const made: (Beside & { isEnded: boolean })[] = []
    const make = () => {
      const one: Beside & { isEnded: boolean } = {
        isEnded: false,
        onmessage: null,
        onerror: null,
        terminate: () => void (one.isEnded = true),
        postMessage(job: Job) {
          const answer = answers(job)
          if (answer === undefined) return
          queueMicrotask(() => one.onmessage?.call(one as never, { data: answer } as MessageEvent))
        },
      }
      made.push(one)
      return one
    }
    return { made, helper: createHelper(make) }
  }
  const file = new Blob(['x'])
  const time = { task: 'time', file, now: 5 } as const

  it('is left behind with a file that never ends, and the next file finds a new one', async () => {
    vi.useFakeTimers()
    const { made, helper } = worker((job) =>
      made.length === 1 ? undefined : { number: job.number, done: 7 },
    )
    const endless = expect(helper.run(time, 5_000)).rejects.toMatchObject({ code: 'too_slow' })
    const after = helper.run(time, 5_000)
    await vi.advanceTimersByTimeAsync(5_000)
    await endless
    expect(await after).toBe(7)
    expect(made.map(({ isEnded }) => isEnded)).toEqual([true, false])
    vi.useRealTimers()
  })

  it('takes one file after the other, so that no limit runs while a file waits', async () => {
    const asked: number[] = []
    const { helper } = worker((job) => {
      asked.push(job.number)
      return { number: job.number, done: job.number }
    })
    expect(await Promise.all([helper.run(time, 1_000), helper.run(time, 1_000)])).toEqual([1, 2])
    expect(asked).toEqual([1, 2])
  })

  it('says so where there is none', async () => {
    const helper = createHelper(() => {
      throw new Error('not here')
    })
    await expect(helper.run(time, 1_000)).rejects.toBeInstanceOf(NoWorker)
  })
})

const photo = (part: Partial<PhotoView>): PhotoView => ({
  blob: 'f'.repeat(64),
  thumb: 't'.repeat(64),
  mime: 'image/jpeg',
  size: 4,
  state: 'awaited',
  thumb_here: false,
  taken_at: null,
  source: null,
  by: null,
  at: null,
  can_undo: false,
  ...part,
})

describe('the strip', () => {
  const desk = { of: () => [], url: (one: PhotoView) => `/app/blobs/${one.thumb}` }
  const strip = (photos: PhotoView[]) =>
    mountIn(
      PhotoStrip,
      { backend: fakeBackend({}).backend },
      { props: { photos, desk, place: 'a', canAdd: false } },
    )

  it('asks for a picture once it is here, and not before', async () => {
    const { wrapper } = await strip([photo({})])
    expect(wrapper.find('img').exists()).toBe(false)
    await wrapper.setProps({ photos: [photo({ thumb_here: true })] })
    expect(wrapper.get('img').attributes('src')).toBe(`/app/blobs/${'t'.repeat(64)}`)
  })

  it('marks a damaged picture, and looks at it again when there is news of it', async () => {
    const { wrapper } = await strip([photo({ thumb_here: true })])
    await wrapper.get('img').trigger('error')
    expect(wrapper.find('img').exists()).toBe(false)
    await wrapper.setProps({ photos: [photo({ thumb_here: true, state: 'sent' })] })
    expect(wrapper.find('img').exists()).toBe(true)
  })
})

describe('the viewer', () => {
  const urlOf = (one: PhotoView, size: string) => `/app/blobs/${size === 'thumb' ? one.thumb : one.blob}`
  const [full, small] = [`/app/blobs/${'f'.repeat(64)}`, `/app/blobs/${'t'.repeat(64)}`]
  /** The dialog stands at the end of the page, outside of what is mounted. */
  const viewer = async (part: Partial<PhotoView>) => {
    const { wrapper } = await mountIn(
      PhotoViewer,
      { backend: fakeBackend({}).backend },
      { props: { photos: [photo(part)], urlOf, start: 0 } },
    )
    await overlaysSettled()
    onTestFinished(() => wrapper.unmount())
    const image = () => document.querySelector('[role=dialog] img')
    return {
      image,
      setPhoto: (now: Partial<PhotoView>) => wrapper.setProps({ photos: [photo(now)] }),
      text: () => document.querySelector('[role=dialog]')?.textContent,
      miss: async () => {
        image()?.dispatchEvent(new Event('error'))
        await nextTick()
      },
    }
  }

  it('shows the small version, and says so, while the photo itself is not here', async () => {
    const { image, text, miss, setPhoto } = await viewer({ thumb_here: true })
    expect(image()?.getAttribute('src')).toBe(full)
    expect(text()).not.toContain('还没有传到本机')
    await miss()
    expect(image()?.getAttribute('src')).toBe(small)
    expect(text()).toContain('还没有传到本机')
    await setPhoto({ thumb_here: true, state: 'sent' })
    expect(image()?.getAttribute('src')).toBe(full)
    expect(text()).not.toContain('还没有传到本机')
  })

  it.each<[string, Partial<PhotoView>]>([
    ['is not here either', { thumb_here: false }],
    ['is none', { thumb: null, thumb_here: true }],
  ])('says that alone where the small version %s', async (_, part) => {
    const { image, text, miss } = await viewer(part)
    await miss()
    expect(image()).toBeNull()
    expect(text()).toContain('还没有传到本机')
  })

  it('says that alone where the small version is damaged', async () => {
    const { image, text, miss } = await viewer({ thumb_here: true })
    await miss()
    await miss()
    expect(image()).toBeNull()
    expect(text()).toContain('还没有传到本机')
  })
})

describe('the desk', () => {
  const stored = (file: Blob) => ({
    blob: file.size === 4 ? 'f'.repeat(64) : 't'.repeat(64),
    mime: 'image/jpeg',
    size: file.size,
  })
  async function desk(putBlob: (file: Blob) => Promise<StoredBlob>) {
    URL.createObjectURL = () => 'blob:here'
    URL.revokeObjectURL = () => {}
    const { usePhotoDesk } = await import('./desk')
    const keptPhotos: unknown[] = []
    const made = effectScope().run(() =>
      usePhotoDesk({
        backend: { putBlob, blobUrl: (digest) => `/app/blobs/${digest}` },
        keep: async (_, kept) => void keptPhotos.push(kept),
        stamp: () => [],
      }),
    )!
    return { made, keptPhotos }
  }

  it('keeps both pictures before the record names them', async () => {
    const { made, keptPhotos } = await desk(async (file: Blob) => stored(file))
    const adding = made.add('a', new Blob(['x']), 'camera')
    expect(made.of('a')).toHaveLength(1)
    expect(made.of('a')[0]?.url).toBe('blob:here')
    await adding
    expect(made.of('a')).toHaveLength(0)
    expect(keptPhotos).toEqual([
      expect.objectContaining({ blob: 'f'.repeat(64), thumb: 't'.repeat(64), taken_at: 5, source: 'camera' }),
    ])
  })

  it('saves nothing half: what failed stays with its reason, and may be tried again', async () => {
    let isFull = true
    const { made, keptPhotos } = await desk(async (file: Blob) => {
      if (isFull) throw new CommandError('disk-full', '')
      return stored(file)
    })
    await made.add('a', new Blob(['x']), 'import')
    expect(keptPhotos).toEqual([])
    expect(made.of('a')[0]).toMatchObject({ state: 'failed', problem: 'disk_full' })
    isFull = false
    made.retry('a', made.of('a')[0]!.key)
    await vi.waitFor(() => expect(keptPhotos).toHaveLength(1))
    await made.add('a', new Blob([]), 'import')
    expect(made.of('a')[0]?.problem).toBe('broken')
  })
})
