/** Files of formats that are not read, told from raw memory by their signatures. */
@NullMarked
package io.pagestream.images.foreign;

import org.jspecify.annotations.NullMarked;
