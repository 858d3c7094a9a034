/** JSON with limits: what comes from outside is bounded in depth before it is parsed. The only user of the JSON library. */
@NullMarked
package io.walnutedge.json;

import org.jspecify.annotations.NullMarked;
