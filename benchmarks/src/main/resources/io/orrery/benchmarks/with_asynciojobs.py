"""
Runs a graph with asynciojobs and tells how long it took, building included.

Arguments: how often to warm up, and how often to measure.
Standard input: a line for each job, with the numbers of the jobs that it requires.
"""

import gc
import sys
import time

from asynciojobs import Job, Scheduler

warmups, rounds = (int(argument) for argument in sys.argv[1:])
graph = [[int(number) for number in line.split()] for line in sys.stdin]
runs = []


async def body(number):
    runs[number] += 1


def build_and_run():
    jobs = []
    for number, required in enumerate(graph):
        jobs.append(Job(body(number), label=number, required=[jobs[one] for one in required]))
    return Scheduler(*jobs).run()


for round_number in range(warmups + rounds):
    runs[:] = [0] * len(graph)
    gc.collect()
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    succeeded = build_and_run()
    wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    if not succeeded or any(count != 1 for count in runs):
        print("asynciojobs", "failed", "not every job ran once", sep="\t")
        break
    if round_number >= warmups:
        print("asynciojobs", "sample", wall, cpu, 0, sep="\t", flush=True)
