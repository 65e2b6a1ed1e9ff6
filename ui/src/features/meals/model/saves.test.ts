import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { createSaves } from './saves'

const later = () => {
  let go: () => void = () => {}
  const done = new Promise<void>((resolve) => (go = resolve))
  return { done, go }
}

describe('saves of a card', () => {
  it('go out one after the other, in the order of the taps', async () => {
    const order: string[] = []
    const saves = createSaves(async () => order.push('asked'))
    const first = later()
    const one = saves.run('a', {
      save: async () => {
        await first.done
        order.push('a')
      },
      stored: () => order.push('a is there'),
    })
    const two = saves.run('b', { save: async () => order.push('b') })
    expect([saves.isBusy('a'), saves.isBusy('b')]).toEqual([true, true])
    first.go()
    await Promise.all([one, two])
    expect(order).toEqual(['a', 'asked', 'a is there', 'b', 'asked'])
    expect(saves.of('a')).toBeUndefined()
  })

  it('keep what was refused at its row, and the next goes on', async () => {
    const saves = createSaves(async () => {})
    const kept: string[] = []
    const bad = saves.run('a', {
      save: () => Promise.reject(new CommandError('disk-full', 'full')),
      stored: () => kept.push('a'),
    })
    const good = saves.run('b', { save: async () => {} })
    expect(await bad).toBe(false)
    expect(await good).toBe(true)
    expect(saves.of('a')?.error?.code).toBe('disk-full')
    expect(kept).toEqual([])
    saves.clear('a')
    expect(saves.of('a')).toBeUndefined()
  })

  it('take a thing once while it is on its way', async () => {
    let times = 0
    const saves = createSaves(async () => {})
    const first = later()
    const work = {
      save: async () => {
        times += 1
        await first.done
      },
    }
    const one = saves.run('a', work)
    expect(await saves.run('a', work)).toBe(false)
    first.go()
    await one
    expect(times).toBe(1)
  })

  it('ask what the program asks, and give the yes back with the next try', async () => {
    const said: string[][] = []
    const saves = createSaves(async () => {})
    const save = async (sure: string[]) => {
      said.push(sure)
      if (sure.length === 0)
        throw new CommandError('confirm-value', 'so many', 'grams', {
          warnings: [{ code: 'heavy', zh: '克数这么多，对吗', en: 'So many grams', level: 'ask' }],
        })
    }
    await saves.run('a', { save })
    expect(saves.of('a')).toMatchObject({ error: null, asked: [{ code: 'heavy' }] })
    expect(await saves.run('a', { save, sure: ['heavy'] })).toBe(true)
    expect(said).toEqual([[], ['heavy']])
  })
})
