/**
 * Values in a text that others write: a number, or what the groups of a regular expression pick. Used for files, serial
 * lines and the output of programs.
 */
@NullMarked
package io.walnutedge.sensor.text;

import org.jspecify.annotations.NullMarked;
