"""
Spawns jobs with aiojobs and tells how long it took until all have ended.

Arguments: how often to warm up, how often to measure, how many jobs, how many may run at once, and how many seconds each sleeps.
"""

import asyncio
import gc
import sys
import time

from aiojobs import Scheduler

warmups, rounds, jobs, limit = (int(argument) for argument in sys.argv[1:5])
pause = float(sys.argv[5])
runs = []


async def body(number):
    if pause:
        await asyncio.sleep(pause)
    runs[number] += 1


async def spawn_all():
    async with Scheduler(limit=limit) as scheduler:
        for number in range(jobs):
            await scheduler.spawn(body(number))


for round_number in range(warmups + rounds):
    runs[:] = [0] * jobs
    gc.collect()
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    asyncio.run(spawn_all())
    wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    if any(count != 1 for count in runs):
        print("aiojobs", "failed", "not every job ran once", sep="\t")
        break
    if round_number >= warmups:
        print("aiojobs", "sample", wall, cpu, 0, sep="\t", flush=True)
