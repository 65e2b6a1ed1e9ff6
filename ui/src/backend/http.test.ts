import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { httpBackend } from './http'
import type { News, SheetFile } from './types'

/** A stream of events that the test opens, feeds and refuses. */
class Stream extends EventTarget {
  static readonly CLOSED = 2
  static all: Stream[] = []
  readyState = 0
  constructor() {
    super()
    Stream.all.push(this)
  }
  open() {
    this.dispatchEvent(new Event('open'))
  }
  refuse() {
    this.readyState = Stream.CLOSED
    this.dispatchEvent(new Event('error'))
  }
  close() {}
}
const answer = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  Stream.all = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function listening(fetcher: typeof fetch) {
  const backend = httpBackend(fetcher)
  const heard: News[] = []
  backend.onChange((news) => heard.push(news))
  return { backend, heard }
}

describe('the stream of news', () => {
  it('is opened again by the next call that goes through, and tells that news may have passed', async () => {
    const { backend, heard } = listening(answer(200, {}) as never)
    Stream.all[0]?.refuse()
    expect(Stream.all).toHaveLength(1)
    await backend.call('door.get', {})
    expect(Stream.all).toHaveLength(2)
    Stream.all[1]?.open()
    expect(heard).toEqual([{ type: 'changed', kinds: [], ids: [] }])
  })

  it('disturbs nobody while it is refused again and again', async () => {
    const { heard } = listening(answer(401, {}) as never)
    for (let turn = 0; turn < 5; turn += 1) {
      Stream.all.at(-1)?.refuse()
      await vi.advanceTimersByTimeAsync(10_000)
    }
    expect(Stream.all).toHaveLength(6)
    expect(heard).toEqual([])
  })

  it('tells once when one that was open is refused, as when a session ends', () => {
    const { heard } = listening(answer(200, {}) as never)
    Stream.all[0]?.open()
    Stream.all[0]?.refuse()
    expect(heard).toHaveLength(1)
  })
})

it.each([
  ['signed-out', 401],
  ['must-change-password', 403],
])('a call that is refused with %s tells that nobody is in', async (code, status) => {
  const problem = { type: `urn:rounds:problem:${code}`, title: 'x' }
  const { backend, heard } = listening(answer(status, problem) as never)
  await expect(backend.call('today.get', {})).rejects.toMatchObject({ code })
  expect(heard).toEqual([{ type: 'signed-out' }])
})

describe('a file', () => {
  it('has the name that the door gives it, and a refusal is told as any other', async () => {
    const headers = { 'Content-Disposition': "attachment; filename*=UTF-8''%E5%80%BC%E7%8F%AD.xlsx" }
    const given = httpBackend((async () => new Response('PK', { headers })) as never)
    const file = (await given.sheetFile({ sheet: 'duty_shift', as: 'xlsx' })) as SheetFile
    expect([file.name, file.bytes.size]).toEqual(['值班.xlsx', 2])
    const refused = httpBackend(answer(403, { type: 'urn:rounds:problem:not-allowed' }) as never)
    await expect(refused.sheetFile({ sheet: 'duty_shift', as: 'csv' })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  })

  it('that takes longer is named, and fetched under that name when it is whole', async () => {
    const asked: string[] = []
    const slow = httpBackend((async (path: string) => {
      asked.push(path)
      return path.endsWith('/e1')
        ? new Response('PK', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''a.csv" } })
        : new Response('{"export":"e1"}', { status: 202 })
    }) as never)
    expect(await slow.sheetFile({ sheet: 'waste', as: 'csv' })).toEqual({ export: 'e1' })
    expect(await slow.takeSheet('e1')).toMatchObject({ name: 'a.csv' })
    expect(asked).toEqual(['/app/sheets', '/app/sheets/e1'])
  })
})
