/** How to read a machine's whole physical memory without disturbing its devices. */
@NullMarked
package io.pagestream.mapper.plan;

import org.jspecify.annotations.NullMarked;
