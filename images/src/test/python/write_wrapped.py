#!/usr/bin/env python3
"""Writes the wrapped images of bzip2, lz4, zip and zlib: write_wrapped.py GOLDEN; needs lz4(1)."""
import bz2,struct,json,subprocess,zipfile,io,os,sys,zlib
G=sys.argv[1]
page=lambda f: struct.pack('<Q',f+0x4750000000000000)*512
raw=page(0)+bytes(4096)+page(2)
def lz4(data,*o): return subprocess.run(['lz4','-c',*o],input=data,capture_output=True,check=True).stdout
def w(n,d): open(os.path.join(G,n),'wb').write(d)
w('wrap-bzip2.raw.bz2',bz2.compress(raw)); w('wrap-two-streams.raw.bz2',bz2.compress(raw[:5000],1)+bz2.compress(raw[5000:]))
w('wrap-lz4.raw.lz4',lz4(raw,'-B4','-BX')); w('wrap-lz4-linked.raw.lz4',lz4(raw[:7000],'-BD')+lz4(raw[7000:],'--content-size'))
w('wrap-lz4-legacy.raw.lz4',lz4(raw,'-l'))
b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED); z.writestr(zipfile.ZipInfo('case/'),b''); i=zipfile.ZipInfo('case/memory.raw'); i.compress_type=8; z.writestr(i,raw); z.close(); w('wrap-zip.zip',b.getvalue())
b=io.BytesIO(); z=zipfile.ZipFile(b,'w'); z.writestr(zipfile.ZipInfo('memory.raw'),raw); z.close(); w('wrap-zip-stored.zip',b.getvalue())
# LiME src/deflate.c: windows of 2 KiB, memory level 5; src/main.c: one stream around headers and ranges. RFC 1950 for the rest.
def z(data):
    c=zlib.compressobj(-1,zlib.DEFLATED,11,5); return c.compress(data)+c.flush()
lime=struct.pack('<IIQQQ',0x4C694D45,1,0,8191,0)+raw[:8192]+struct.pack('<IIQQQ',0x4C694D45,1,8192,12287,0)+raw[8192:]
w('wrap-zlib.lime',z(lime)); w('wrap-two-streams.lime',z(lime[:8224])+z(lime[8224:])+bytes(100)); w('wrap-zlib.raw.zz',zlib.compress(raw,9))
files=['wrap-bzip2.raw.bz2','wrap-two-streams.raw.bz2','wrap-lz4.raw.lz4','wrap-lz4-linked.raw.lz4','wrap-lz4-legacy.raw.lz4','wrap-zip.zip','wrap-zip-stored.zip','wrap-zlib.lime','wrap-two-streams.lime','wrap-zlib.raw.zz']
p=os.path.join(G,'expected.json'); e=json.load(open(p)); names={f for f in files}
pages=[{'pfn':0,'state':'present','first8':page(0)[:8].hex()},{'pfn':1,'state':'zero','first8':'00'*8},{'pfn':2,'state':'present','first8':page(2)[:8].hex()},{'pfn':3,'state':'absent'}]
e['images']=[i for i in e['images'] if i['name'] not in names]+[{'name':f,'files':[f],'format':'lime' if f.endswith('.lime') else 'raw','pageSize':4096,'pages':pages} for f in files]
json.dump(e,open(p,'w'),indent=1); open(p,'a').write('\n')
