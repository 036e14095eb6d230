import { answerMatrix, emit, today } from "./projects.ts";
import { judgeRepository } from "../generators/_core/audit/judge-repository.ts";
import { judgeRendered } from "../generators/_core/audit/judge.ts";
import { requirements } from "../generators/_core/program/requirements.gen.ts";
import { snapshotOf } from "../generators/_core/repository/snapshot.ts";
const seen=new Map<string,string[]>();
let total=0;
for(const {title,answers} of answerMatrix){const {project,files}=await emit(answers);
const t=performance.now();
const r=await judgeRepository(snapshotOf(files),{today,packageVersion:'1.0.0'});total+=performance.now()-t;
const want=judgeRendered(requirements,project);
for(const [i,q] of r.requirements.entries()){if(q.outcome!==want[i]!.outcome){const k=`${q.id}: ${q.outcome} want ${want[i]!.outcome} | ${q.advice} | ${JSON.stringify(q.near[0]??q.evidence[0]??'')}`;seen.set(k,[...(seen.get(k)??[]),title])}}
for(const w of r.warnings){const k='W '+w.id+' '+w.advice+JSON.stringify(w.evidence.slice(0,2));seen.set(k,[...(seen.get(k)??[]),title])}
if(title.includes('certified all')){const k=JSON.stringify(r.repository);seen.set(k,[title])}
}
for(const [k,v] of seen)console.log(v.length,v.slice(0,2),k.slice(0,600));
console.log('ms per repo',total/answerMatrix.length);
