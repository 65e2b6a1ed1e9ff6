import { describe, expect, it } from 'vitest'
import { createQueue } from './queue'

/** A job that ends when it is told to. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

describe('the queue of saves', () => {
  it('runs one after the other, in the order of asking', async () => {
    const ran: string[] = []
    const first = gate()
    const queue = createQueue(() => {})
    queue.add('a', async () => {
      await first.passed
      ran.push('a')
    })
    queue.add('b', async () => void ran.push('b'))
    await Promise.resolve()
    expect(ran).toEqual([])
    first.open()
    await queue.idle()
    expect(ran).toEqual(['a', 'b'])
  })

  it('does not queue a second save of what still waits', async () => {
    const ran: string[] = []
    const first = gate()
    const queue = createQueue(() => {})
    queue.add('a', () => first.passed)
    queue.add('note', async () => void ran.push('note'))
    queue.add('note', async () => void ran.push('again'))
    first.open()
    await queue.idle()
    expect(ran).toEqual(['note'])
  })

  it('takes a save that is running for done, and queues the next', async () => {
    let runs = 0
    const first = gate()
    const queue = createQueue(() => {})
    queue.add('note', async () => {
      runs += 1
      await first.passed
    })
    queue.add('note', async () => void (runs += 1))
    first.open()
    await queue.idle()
    expect(runs).toBe(2)
  })

  it('never moves a save before an undo that stands between', async () => {
    const ran: string[] = []
    const first = gate()
    const queue = createQueue(() => {})
    queue.add('first', () => first.passed)
    queue.add('note', async () => void ran.push('note'))
    const undone = queue.barrier('undo', async () => void ran.push('undo'))
    queue.add('note', async () => void ran.push('note again'))
    first.open()
    await undone
    await queue.idle()
    expect(ran).toEqual(['note', 'undo', 'note again'])
  })

  it('tells which one failed, and goes on', async () => {
    const failed: string[] = []
    const ran: string[] = []
    const queue = createQueue((key) => failed.push(key))
    queue.add('bad', () => Promise.reject(new Error('no')))
    queue.add('good', async () => void ran.push('good'))
    await queue.idle()
    expect(failed).toEqual(['bad'])
    expect(ran).toEqual(['good'])
    await expect(queue.barrier('undo', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
