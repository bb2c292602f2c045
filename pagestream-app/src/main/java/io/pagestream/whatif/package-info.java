/** Answers what would happen if a driver made a call, from an image or from a finished case. */
@NullMarked
package io.pagestream.whatif;

import org.jspecify.annotations.NullMarked;
