/**
 * Judges the text of a configuration before the library for HOCON reads it, because that library keeps silent about what
 * people get wrong: it merges what is given twice, takes a quotation mark of a word processor for a letter, ends a text at
 * {@code //}, and tells the rest in the words of its own parser. {@link io.walnutedge.hocon.Outline} is stricter than HOCON
 * (each of its mistakes names the line and what to write instead) and never wider: what it passes means the same to both.
 * It resolves, merges and reads nothing, so that it knows no file and no value.
 */
@NullMarked
package io.walnutedge.hocon;

import org.jspecify.annotations.NullMarked;
