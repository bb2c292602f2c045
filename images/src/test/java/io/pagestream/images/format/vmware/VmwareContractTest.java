package io.pagestream.images.format.vmware;

import io.pagestream.images.MemoryImageContract;

/** VMware states keep the contract of all formats, whichever of their files is damaged. */
final class VmwareContractTest extends MemoryImageContract {
  VmwareContractTest() {
    super(
        "vmware-regions.vmem+vmware-regions.vmss vmware-regions.vmss+vmware-regions.vmem"
            + " vmware-Snapshot1.vmsn+vmware-Snapshot1.vmem vmware-single.vmss+vmware-single.vmem"
            + " vmware-inline.vmss vmware-inline-single.vmsn");
  }
}
