/** The kernel's records about physical memory: resources, memory types, its log. */
@NullMarked
package io.pagestream.kernel.record;

import org.jspecify.annotations.NullMarked;
