/**
 * What may be asked from outside: parsing, gatekeeping (age, retained, duplicates, size) and the answer that every
 * command gets. It decides what is meant and never how it is done.
 */
@NullMarked
package io.walnutedge.command;

import org.jspecify.annotations.NullMarked;
