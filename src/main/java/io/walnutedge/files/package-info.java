/**
 * The daemon's own files: how they are opened and replaced, whose they are, and what a failure means in words for people.
 *
 * <p>Links are never followed and nothing that was put in a file's place is written to: whoever can write to the state
 * directory could otherwise have any file of the daemon's user overwritten, and of root, who runs the program by hand. A
 * file is made anew under its name ({@code O_EXCL}) or written only where it is an ordinary one with one name.
 */
@NullMarked
package io.walnutedge.files;

import org.jspecify.annotations.NullMarked;
