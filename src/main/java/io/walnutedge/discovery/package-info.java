/**
 * What the board is, for controllers that show and switch it. Everything that is published about it, be it for Home
 * Assistant or for another convention, comes from one {@link io.walnutedge.discovery.Description}, so that names, units and
 * topics cannot differ between them.
 */
@NullMarked
package io.walnutedge.discovery;

import org.jspecify.annotations.NullMarked;
