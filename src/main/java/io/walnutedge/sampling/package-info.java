/**
 * When sensors are read, on which thread, and what happens when they fail. The only place that catches a sensor's
 * troubles: it counts, backs off and tells once per change of state.
 *
 * <p>Every sensor has a grid of ticks: multiples of its interval from one epoch that all sensors share, so that a read
 * that takes time shifts nothing and sensors of one interval are due together. A tick that cannot begin before the next
 * one is due is skipped and counted; it is never made up for.
 *
 * <p>A {@link io.walnutedge.sampling.SensorWorker} reads its sensors one after another. What is due together is read in one wake-up
 * and handed on as one batch. Which of the two kinds it is, its name and the time after which a read hangs are in the
 * {@link io.walnutedge.sensor.Lane} of a sensor's source.
 *
 * <ul>
 *   <li>{@link io.walnutedge.sampling.BusLane}: one thread. A read that does not return holds the bus, so that nobody else
 *       could use it either: nothing is replaced, and when it returns all goes on.
 *   <li>{@link io.walnutedge.sampling.FilePool}: a leader reads, a follower looks a moment after each round whether the
 *       leader is stuck in a read and then takes over the rest. A read that hangs for good costs its thread, and its sensor
 *       goes offline; the others wait for one moment of patience, once.
 * </ul>
 *
 * <p>A hang goes unnoticed by the thread that hangs, so {@link io.walnutedge.sampling.Sampler#housekeeping} is called
 * once a second from outside. A lane's state is guarded by its lock, which is not held while a sensor is opened, read or
 * closed, but is held while the sink is called: that keeps the readings of a sensor in order.
 */
@NullMarked
package io.walnutedge.sampling;

import org.jspecify.annotations.NullMarked;
