/** Memory of VMware machines: {@code .vmem} with a state file, or a state file with memory. */
@NullMarked
package io.pagestream.images.format.vmware;

import org.jspecify.annotations.NullMarked;
