/** Hostile text made safe, and quantities as people read them. Pure functions. */
@NullMarked
package io.pagestream.findings.text;

import org.jspecify.annotations.NullMarked;
