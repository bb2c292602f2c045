/** Free space: writing ends with a clear error before a disk is full. */
@NullMarked
package io.pagestream.cases.space;

import org.jspecify.annotations.NullMarked;
