/**
 * What the board is, for controllers that show and switch it. Everything that is published about it, be it for Home
 * Assistant or for another convention, comes from one {@link io.walnutedge.discovery.Description}, so that names, units and
 * topics cannot differ between them.
 *
 * <p>Home Assistant deletes an entity, and all that its user has set of it, when the topic is emptied on which it was told of.
 * So what lies at the broker is listed in the state, and the way from there to what is to be there is worked out as a {@link
 * io.walnutedge.discovery.Migration}: by the list alone, so that a restart in the middle, a reload and a broker that refuses the
 * large message need no cases of their own.
 */
@NullMarked
package io.walnutedge.discovery;

import org.jspecify.annotations.NullMarked;
