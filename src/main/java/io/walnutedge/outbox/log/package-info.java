/**
 * An append-only log of entries in segment files, which survives a power cut. It knows no queue and no thread.
 *
 * <p>Why a log of its own and no database. Measured on a loop-mounted ext4 with
 * blocks of 4 KiB, records of 200 bytes, each made durable before the next; and eight simulated power cuts each:
 *
 * <pre>
 *   store                                     p50 us   device bytes    lost though      memory   jar, native
 *                                                      per record      acknowledged
 *   this log's kind, preallocated, fdatasync     377          4,313    none              5 MB    none
 *   the same, not preallocated                   625         17,287    (not tried)       5 MB    none
 *   SQLite 3.54, WAL, synchronous=FULL           520         17,528    none             18 MB    12.1 MB, yes
 *   SQLite 3.54, WAL, synchronous=NORMAL          38          5,943    in 7 of 8 cuts
 *   H2 MVStore 2.4, commit and sync            1,087         40,251    none             49 MB    0.4 MB, no
 *   H2 MVStore 2.4, commit only                  135         15,532    in 8 of 8 cuts
 *   Paho's file persistence                      827         37,019    none             15 MB    there already
 * </pre>
 *
 * <p>So it wears the card least and needs the least memory, and dropping the oldest is deleting a file. Preallocation is what
 * makes the difference: a sync then writes the data's block and no journal. A sync every few seconds instead of after each
 * record shares that block among all of them.
 *
 * <p>This log, the same kind of disk, bodies of 90 bytes, segments of 256 KiB, x86-64 with two busy cores:
 *
 * <pre>
 *   append and sync one by one         376 per second, p50 621 us, 4,366 device bytes each
 *   append and sync by hundreds     24,800 per second, 256 device bytes each (zeros of new segments included)
 *   append by hundreds, no sync    400,000 per second, 204 bytes written each: 102, and 102 zeros where no spare is recycled
 *   64 MiB full, 657,664 entries   opened in 382 ms at first (files cached), 125 ms when warm; all read and acknowledged
 *                                  one by one at 288,000 per second
 * </pre>
 */
@NullMarked
package io.walnutedge.outbox.log;

import org.jspecify.annotations.NullMarked;
