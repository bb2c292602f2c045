/** Hostile text made safe, and quantities as people read them. Pure functions. */
@NullMarked
package io.pagestream.cases.text;

import org.jspecify.annotations.NullMarked;
