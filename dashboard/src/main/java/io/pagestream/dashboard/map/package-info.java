/** The physical address space as cells of a picture. */
@NullMarked
package io.pagestream.dashboard.map;

import org.jspecify.annotations.NullMarked;
