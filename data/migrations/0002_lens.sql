-- Which viewpoint an assessment is made through; what was made before lenses existed saw the whole checklist.
alter table assessments add column lens varchar default 'whole';
alter table assessments alter column lens set not null;
