/**
 * The user's interface: HOCON in, immutable records out, and every mistake told at once with its file and line.
 *
 * <p>{@link io.walnutedge.hocon.ConfigTable} is one table of the file and the only way to its keys: it knows what was
 * asked for, so that a key that nothing asked for is an error with a suggestion. It collects
 * {@link io.walnutedge.hocon.Problems} instead of throwing, so that one run finds them all. The records of the sections
 * read themselves from it, beside their Javadoc, and the drivers read their own keys in the same way; no list of keys
 * stands anywhere else.
 */
@NullMarked
package io.walnutedge.config;

import org.jspecify.annotations.NullMarked;
