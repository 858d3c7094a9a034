/**
 * How the log looks and how much it says. The only user of Logback.
 *
 * <p>Logback finds {@link io.walnutedge.logging.LogSetup} by {@link java.util.ServiceLoader} and so reads no XML, which
 * would cost more of the start than all the rest of it. The log goes to standard error, so that standard output belongs
 * to what a command prints. journald keeps the time itself and takes the priority from {@code <4>} at the beginning of a
 * line (sd-daemon(3)); each line of a stack trace gets one, because each line is an entry.
 *
 * <p>Standard error may take nothing for as long as it likes: a terminal that was stopped, a pipe that nobody reads. So an
 * event becomes text on the thread that logs, and a thread of its own writes it, from a bounded queue. Logback's own
 * {@code AsyncAppender} drops without counting when it may not block, and drops by level before it is full. What is said
 * again and again is counted on the way into the queue, so that each caller is covered and no flood displaces what is new.
 */
@NullMarked
package io.walnutedge.logging;

import org.jspecify.annotations.NullMarked;
